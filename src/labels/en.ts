// The built-in English labels.
import type { Labels } from './labels.ts';
import {
  actionTexts,
  announceTexts,
  citationTexts,
  composerTexts,
  copyTexts,
  markdownTexts,
  messageTexts,
  progressTexts,
  sourcesTexts,
  toolTexts,
  transcriptTexts,
  troubleTexts,
} from './texts.ts';

export const en: Labels = {
  locale: 'en',
  ...messageTexts,
  ...progressTexts,
  ...sourcesTexts,
  ...citationTexts,
  ...transcriptTexts,
  ...composerTexts,
  ...troubleTexts,
  ...toolTexts,
  ...copyTexts,
  ...markdownTexts,
  ...announceTexts,
  ...actionTexts,
};
