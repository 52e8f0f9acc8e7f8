// A micromark extension that lets a parse begin in the middle of a document: it opens the containers that were open
// there, answers for definitions that stand elsewhere, and notes what a later resumption needs to know.
//
// micromark cannot save its state, but between two blocks that state is small: which containers are open, and that no
// leaf is. Each open container is written as one filler character at the head of the first line; the construct below
// turns each filler into the container itself, and micromark's own constructs carry on from there. So indentation,
// lazy lines and interruptions behave as if everything before were present.
import { blockQuote, list } from 'micromark-core-commonmark';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import type { Parser } from './reader.ts';
import type { Construct, ContainerState, Extension, State, TokenizeContext } from 'micromark-util-types';

/** A container that is open where a parse begins. */
export type OpenContainer =
  | { readonly type: 'blockquote' }
  | { readonly type: 'footnoteDefinition' }
  | {
      readonly type: 'list';
      readonly ordered: boolean;
      /** Character code of the bullet or delimiter. */
      readonly marker: number;
      /** Columns that the content of its last item is indented by. */
      readonly size: number;
    };

/** What the rest of the document defines, as micromark asks for it: normalised identifiers. */
export interface Known {
  readonly hasDefinition: (identifier: string) => boolean;
  readonly hasFootnote: (identifier: string) => boolean;
  /** Hears of a label that is not known, where it can only be a reference's. Whether it counts as known all the same. */
  readonly guess: (label: string) => boolean;
}

/** What a parse saw, beside its tree. Lines count from 1 in the text that was parsed. */
export interface Notes {
  /** Labels whose meaning depended on a definition: `definition` ones as they are, footnotes with a leading `^`. */
  readonly asked: Set<string>;
  /** Those of them that counted as known although they were not, and those that did not, at least once. */
  readonly guessed: Set<string>;
  readonly refused: Set<string>;
  /** Lines at which no leaf was open, and a new one began. */
  readonly freshLines: Set<number>;
  /** Lines on which a list might have opened had not a leaf been open in the same place: quotes and notes open all the same. */
  readonly interruptedLines: Set<number>;
  /** Lines that may belong to a container although they do not continue it. */
  lazyLines: Readonly<Record<number, boolean>>;
}

/** Stands for one open container at the head of the text. */
export const containerFiller = 'x';

const footnoteDefinition = gfmFootnote().document?.[91] as Construct;

/** What one parse begins with, and what it writes down. */
export interface Session {
  readonly containers: readonly OpenContainer[];
  readonly known: Known;
  readonly notes: Notes;
  /** A text in brackets is looked up, which need not be a reference. */
  isShortcut?: boolean;
}

/** The constructs are the same for every parse; they look up here which one they serve. */
const sessions = new WeakMap<TokenizeContext['parser'], Session>();

/** Ties a parse to its session, before any leaf of it and hence before anything asks for a definition. */
export function begin(parser: Parser, session: Session): void {
  const { known, notes } = session;
  sessions.set(parser, session);
  const guess = (label: string) => known.guess(label) && notes.guessed.add(label).size > 0;
  parser.defined = trackedLabels(
    notes,
    '',
    (label) => known.hasDefinition(label) || (!session.isShortcut && label !== '' && guess(label)),
  );
  parser.gfmFootnotes = trackedLabels(notes, '^', (label) => known.hasFootnote(label) || guess(`^${label}`));
}

const openContainer: Construct = {
  name: 'resumeContainer',
  tokenize(effects, ok, nok) {
    return (code) => {
      const point = this.now();
      const container = point.line === 1 ? sessions.get(this.parser)?.containers[point.offset] : undefined;
      const state = this.containerState;
      if (!container || !state) return nok(code);
      const open = (construct: Construct) => {
        this.currentConstruct = construct;
        return ok;
      };
      if (container.type === 'list') {
        const type = container.ordered ? 'listOrdered' : 'listUnordered';
        Object.assign(state, { type, marker: container.marker, size: container.size } satisfies ContainerState);
        effects.enter(type, { _container: true });
        effects.enter('listItemPrefix');
        effects.consume(code);
        effects.exit('listItemPrefix');
        return open(list);
      }
      if (container.type === 'blockquote') {
        state.open = true;
        effects.enter('blockQuote', { _container: true });
        effects.enter('blockQuotePrefix');
        effects.consume(code);
        effects.exit('blockQuotePrefix');
        return open(blockQuote);
      }
      effects.enter('gfmFootnoteDefinition', { _container: true });
      effects.enter('gfmFootnoteDefinitionWhitespace');
      effects.consume(code);
      effects.exit('gfmFootnoteDefinitionWhitespace');
      return open(footnoteDefinition);
    };
  },
};

const noteFreshLine: Construct = {
  name: 'noteFreshLine',
  partial: true,
  tokenize(_effects, _ok, nok) {
    return (code) => {
      sessions.get(this.parser)?.notes.freshLines.add(this.now().line);
      return nok(code);
    };
  },
};

/** Opens the containers of a session, and notes at which lines no leaf was open. */
export const resume: Extension = { document: { null: openContainer }, flowInitial: { null: noteFreshLine } };

/** Hears of every place where a list might have opened and did not. */
export function noteInterruption(context: TokenizeContext): void {
  if (context.interrupt) sessions.get(context.parser)?.notes.interruptedLines.add(context.now().line);
}

/** An array of labels that also knows those defined elsewhere, and tells what it was asked for, be it its own. */
function trackedLabels(notes: Notes, mark: string, isKnown: (label: string) => boolean): string[] {
  const own = new Set<string>();
  return Object.assign([], {
    push: (label: string) => own.add(label).size,
    includes(label: string) {
      // Also what stands in the same text may change: the title of a definition may come with its next line.
      notes.asked.add(mark + label);
      const isDefined = own.has(label) || isKnown(label);
      if (!isDefined) notes.refused.add(mark + label);
      return isDefined;
    },
  });
}

/** The end of a label, which looks its text up before it looks what follows: so that is looked at first. */
export const labelEndOf = (construct: Construct): Construct => ({
  ...construct,
  tokenize(effects, ok, nok) {
    const start = construct.tokenize.call(this, effects, ok, nok);
    const session = sessions.get(this.parser);
    const look =
      (isShortcut: boolean): State =>
      (code) => {
        if (session) session.isShortcut = isShortcut;
        const next = start(code);
        if (session) session.isShortcut = false;
        return next;
      };
    return effects.check(collapsedEnd, look(false), look(true));
  },
});

/** `][]`: what stands before it can only be a reference's. */
const collapsedEnd: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    const rest = [93, 91, 93];
    const next: State = (code) => {
      if (code !== rest.shift()) return nok(code);
      effects.consume(code as NonNullable<typeof code>);
      if (rest.length > 0) return next;
      effects.exit('reference');
      return ok;
    };
    return (code) => {
      effects.enter('reference');
      return next(code);
    };
  },
};
