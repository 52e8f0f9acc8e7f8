// What an application declares of its conversations, and the message that follows from it: tool calls and data told
// apart by their names, metadata of a known shape. Types only; `compose/chat-schemas` sees to it that they are true.
import type { DataPart, Message, Part, ToolPart } from './message.ts';

/** Of one tool. */
export interface ToolTypes {
  readonly args: unknown;
  readonly result: unknown;
}

/** Everything that can be declared; this itself declares nothing. */
export interface MessageTypes {
  readonly tools: Readonly<Record<string, ToolTypes>>;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Message['metadata'];
}

/** The call's id: a string that remembers, for the compiler alone, whose call it is. */
export type ToolCallId<Name extends string> = string & { readonly '~tool'?: Name };

type NameIn<Declared> = keyof Declared & string;
type IsOpen<Declared> = string extends keyof Declared ? true : false;

/** Arguments are checked once they are whole: what can be read of them while they stream is not. */
type ToolPartNamed<Name extends string, Tool extends ToolTypes> = Omit<
  ToolPart,
  'name' | 'callId' | 'status' | 'args' | 'result'
> & { readonly name: Name; readonly callId: ToolCallId<Name> } & (
    | { readonly status: 'streaming' | 'failed'; readonly args?: unknown; readonly result?: unknown }
    | {
        readonly status: 'called' | 'awaiting' | 'denied';
        readonly args: Tool['args'];
        /** A preliminary one. */
        readonly result?: Tool['result'];
      }
    | { readonly status: 'complete'; readonly args: Tool['args']; readonly result: Tool['result'] }
  );

export type ToolPartOf<Types extends MessageTypes> =
  IsOpen<Types['tools']> extends true
    ? ToolPart
    : { [Name in NameIn<Types['tools']>]: ToolPartNamed<Name, Types['tools'][Name]> }[NameIn<Types['tools']>];

export type DataPartOf<Types extends MessageTypes> =
  IsOpen<Types['data']> extends true
    ? DataPart
    : {
        [Name in NameIn<Types['data']>]: DataPart & { readonly name: Name; readonly data: Types['data'][Name] };
      }[NameIn<Types['data']>];

/**
 * A message whose tools, data and metadata are those that were declared. Names that were not declared are kept as they
 * came, so a `switch` over names wants a default branch.
 */
export type MessageOf<Types extends MessageTypes> = MessageTypes extends Types
  ? Message
  : Omit<Message, 'parts' | 'metadata'> & {
      readonly parts: readonly (Exclude<Part, ToolPart | DataPart> | ToolPartOf<Types> | DataPartOf<Types>)[];
      readonly metadata: Partial<Types['metadata']>;
    };

/** The results of a tool; of any of them where the name is not known. */
export type ToolResultOf<Types extends MessageTypes, Name extends string> =
  Name extends NameIn<Types['tools']> ? Types['tools'][Name]['result'] : unknown;
