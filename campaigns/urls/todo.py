"""Addresses beside the first page, which is the site's own."""

from django.urls import path

from campaigns.views import todo

urlpatterns = [path("guide/", todo.guide, name="guide")]
