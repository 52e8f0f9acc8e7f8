/** A candidate in its place on the page. */
export interface Mounted {
  /** Resolves when the text so far is in the DOM. */
  show(text: string, streaming: boolean): Promise<void>;
}
