"""The shared face: components, template tags, the built style and script. Never queries a model."""
