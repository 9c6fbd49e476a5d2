import { t } from '../../../i18n/t';
import { knownModels, type KnownModel } from './measures';

/** Titles of the usual models, in their order. */
export function modelTitles(): Readonly<Record<string, string>> {
  const titles: Record<KnownModel, string> = {
    first_touch: t('models.first-touch', 'First touch'),
    last_touch: t('models.last-touch', 'Last touch'),
    linear: t('models.linear', 'Linear'),
    time_decay: t('models.time-decay', 'Time decay'),
    position_based: t('models.position-based', 'Position based'),
    markov: t('models.markov', 'Markov'),
    shapley: t('models.shapley', 'Shapley'),
  };
  return Object.fromEntries(knownModels.map((model) => [model, titles[model]]));
}
