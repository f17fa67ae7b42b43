/* Sums of a count while it is typed, and Enter that moves down a column. The server adds
   up once more; without this file it says beside each box what does not fit. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-count]");
  if (!form) return;
  const { fits, missing, many } = form.dataset;
  const lines = [...form.querySelectorAll("[data-line]")];
  const papers = form.querySelector("[data-papers]");

  const boxOf = (name) => form.elements[name];
  const numberIn = (box) => Number.parseInt(box.value, 10) || 0;
  const boxesOf = (line) => [...line.querySelectorAll("input")];

  const show = (place, difference) => {
    let text = fits;
    if (difference > 0) text = `${missing} ${difference}`;
    if (difference < 0) text = `${many} ${-difference}`;
    if (place.textContent !== text) place.textContent = text;
    place.classList.toggle("sum-fits", difference === 0);
  };

  const isTyped = (boxes) => boxes.some((box) => box.value !== "");

  const addUp = () => {
    const valid = numberIn(boxOf("valid"));
    for (const line of lines) {
      const boxes = boxesOf(line);
      const place = line.querySelector("[data-sum]");
      if (isTyped(boxes)) show(place, valid - boxes.reduce((sum, box) => sum + numberIn(box), 0));
      else place.textContent = "";
    }
    const returned = boxOf("returned");
    if (returned.value !== "" && boxOf("valid").value !== "") {
      show(papers, numberIn(returned) - valid - numberIn(boxOf("invalid")));
    } else {
      papers.textContent = "";
    }
  };

  form.addEventListener("input", addUp);
  form.addEventListener("keydown", (event) => {
    const line = event.target.closest("[data-line]");
    if (event.key !== "Enter" || !line) return;
    event.preventDefault();
    const column = boxesOf(line).indexOf(event.target);
    const below = lines[lines.indexOf(line) + 1];
    const next = below ? boxesOf(below)[column] : boxesOf(lines[0])[column + 1];
    next?.focus();
    next?.select();
  });
  addUp();
})();
