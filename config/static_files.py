"""How static files are named in production: by their content, inside scripts as well."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Manifest(CompressedManifestStaticFilesStorage):
    """Also follow `import` in scripts, so that a module is never older than the one that asks."""

    support_js_module_import_aggregation = True
