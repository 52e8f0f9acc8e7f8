// What the story's reader does after a given event, in place of somebody who would press the button: the lab's faults that
// strike no connection.
import type { LabFault, LabFaultKind } from './faults.ts';

export type LabActKind = Extract<LabFaultKind, 'stop' | 'allow' | 'deny'>;

export type LabAct = LabFault & { readonly kind: LabActKind };

/** How a story lets itself be read. */
export interface LabReader {
  stop(): void;
  /** Answers what a tool asks for, where one asks. */
  decide(approved: boolean): void;
}

/** Lines for the log. */
export const actTexts: Readonly<Record<LabActKind, string>> = {
  stop: 'the reader presses Stop',
  allow: 'the reader presses Allow',
  deny: 'the reader presses Deny',
};

export function isAct(fault: LabFault): fault is LabAct {
  return Object.hasOwn(actTexts, fault.kind);
}

export function perform({ kind }: LabAct, readers: Iterable<LabReader>): void {
  for (const reader of [...readers]) {
    if (kind === 'stop') reader.stop();
    else reader.decide(kind === 'allow');
  }
}
