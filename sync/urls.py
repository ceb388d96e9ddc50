"""Addresses of imports, exports and saved views."""

from django.urls import path

from sync.views import bulk, bulk_edits, cells, export, import_columns, import_rows, imports, list_columns, saved_views

app_name = "sync"

urlpatterns = [
    path("imports/", imports.runs, name="imports"),
    path("imports/new/", imports.upload, name="upload"),
    path("imports/<uuid:pk>/", imports.show, name="import"),
    path("imports/<uuid:pk>/columns/", import_columns.columns, name="columns"),
    path("imports/<uuid:pk>/columns/reread/", import_columns.reread, name="reread"),
    path("imports/<uuid:pk>/progress/", imports.progress, name="progress"),
    path("imports/<uuid:pk>/apply/", imports.apply, name="apply"),
    path("imports/<uuid:pk>/stop/", imports.stop, name="stop"),
    path("imports/<uuid:pk>/undo/", imports.undo, name="undo"),
    path("imports/<uuid:pk>/again/", imports.again, name="again"),
    path("imports/<uuid:pk>/discard/", imports.discard, name="discard"),
    path("imports/<uuid:pk>/rows/<slug:kind>/", import_rows.rows, name="rows"),
    path("imports/<uuid:pk>/rows/<slug:kind>.csv", import_rows.download, name="download"),
    path("lists/<slug:name>/views/", saved_views.views, name="views"),
    path("lists/<slug:name>/views/new/", saved_views.save_view, name="save_view"),
    path("lists/<slug:name>/views/counts/", saved_views.counts, name="view_counts"),
    path("lists/<slug:name>/views/start/", saved_views.start_with, name="start_with"),
    path("lists/<slug:name>/columns/", list_columns.choose_columns, name="list_columns"),
    path("views/<uuid:pk>/", saved_views.open_view, name="open_view"),
    path("views/<uuid:pk>/change/", saved_views.change_view, name="change_view"),
    path("views/<uuid:pk>/delete/", saved_views.delete_view, name="delete_view"),
    path("views/<uuid:pk>/restore/", saved_views.restore_view, name="restore_view"),
    path("lists/<slug:name>/change/", bulk.choose, name="bulk"),
    path("lists/<slug:name>/export/", export.export, name="export"),
    path("lists/<slug:name>/print/", export.paper, name="print"),
    path("lists/<slug:name>/cells/<uuid:pk>/<slug:column>/", cells.cell, name="cell"),
    path("lists/<slug:name>/changes/", bulk_edits.edits, name="list_bulk_edits"),
    path("bulk/", bulk_edits.edits, name="bulk_edits"),
    path("bulk/<uuid:pk>/", bulk.edit, name="bulk_edit"),
    path("bulk/<uuid:pk>/undo/", bulk.undo, name="undo_bulk"),
]
