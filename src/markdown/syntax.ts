// Grammar beside CommonMark and GFM, which a plugin brings: constructs for micromark, what becomes of their tokens, and
// the character that they pair, so that an unfinished one can be repaired and no paragraph is cut inside one.
import type { PhrasingContent } from 'mdast';
import type { Extension as TreeExtension } from 'mdast-util-from-markdown';
import type { Extension } from 'micromark-util-types';

export interface Syntax {
  readonly micromark: Extension;
  readonly tree: TreeExtension;
  /** Opens a construct of its own kind if the very next one closes it, in one paragraph; doubled, if the next double does. */
  readonly delimiter: string;
  /** An unfinished construct, from its delimiter and what came behind it. */
  readonly unfinished: (delimiter: string, content: string) => PhrasingContent;
}
