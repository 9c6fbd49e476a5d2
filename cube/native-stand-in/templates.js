// Model files that look like Jinja templates. Flow-style YAML ends up here too, because of its `}}`.
'use strict';

/** @returns an engine that hands plain files through unchanged and refuses real templates. */
exports.newJinjaEngine = () => {
  const files = new Map();
  return {
    loadTemplate(name, content) {
      files.set(name, content);
    },
    async renderTemplate(name) {
      const content = files.get(name);
      if (content === undefined) throw new Error(`Model file ${name} was not loaded.`);
      const opening = /\{\{|\{%|\{#/.exec(content);
      if (opening) {
        throw new Error(
          `Model file ${name} uses Jinja (${opening[0]}), which needs Cube's native add-on. Write it without templates.`,
        );
      }
      return content;
    },
  };
};
