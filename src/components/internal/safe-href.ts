// Which addresses that came from a model or a server may become a link.

const safeSchemes: ReadonlySet<string> = /* @__PURE__ */ new Set(['http', 'https', 'mailto']);

/** The address, or `undefined` where following it could run code or hand over data. Relative addresses are kept. */
export function safeHref(url: string | undefined): string | undefined {
  if (url === undefined || url === '') return undefined;
  // Browsers drop control characters and leading spaces before they read the scheme, so a check must too.
  // oxlint-disable-next-line no-control-regex
  const bare = url.replace(/[\u0000-\u0020\u007f-\u009f]+/g, '');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(bare)?.[1];
  return scheme === undefined || safeSchemes.has(scheme.toLowerCase()) ? url : undefined;
}

/** `www.` dropped: what a reader recognises a site by. */
export function hostOf(url: string | undefined): string | undefined {
  const host = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(url ?? '')?.[1];
  return host?.replace(/^www\./i, '').toLowerCase();
}
