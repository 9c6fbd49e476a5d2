import { initPluginTranslations, type Resources } from '@grafana/i18n';

/** Gives a plugin's translations to the real i18next, in the language of the tests, as Grafana does before loading it. */
export async function provide(id: string, texts: Resources): Promise<void> {
  await initPluginTranslations(id, [() => Promise.resolve(texts)]);
  // Until its module is loaded another plugin speaks.
  await initPluginTranslations('another-plugin');
}
