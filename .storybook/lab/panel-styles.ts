// How the panel looks, in Storybook's own colours, light or dark.
import type { CSSProperties } from 'react';

interface PanelTheme {
  readonly base: string;
  readonly color: { readonly secondary: string; readonly defaultText: string };
  readonly textMutedColor: string;
  readonly appBorderColor: string;
  readonly background: { readonly content: string; readonly app: string; readonly hoverable: string };
}

export function themeVariables(theme: PanelTheme): CSSProperties {
  const variables: Record<`--${string}`, string> = {
    '--text': theme.color.defaultText,
    '--muted': theme.textMutedColor,
    '--accent': theme.color.secondary,
    '--line': theme.appBorderColor,
    '--content': theme.background.content,
    '--app': theme.background.app,
    '--hover': theme.background.hoverable,
  };
  return { ...(variables as CSSProperties), colorScheme: theme.base === 'dark' ? 'dark' : 'light' };
}

export const panelStyles = `
.lab {
  --ok: light-dark(#1a7f4b, #4cc38a); --wait: light-dark(#9a6200, #f1b24a);
  --bad: light-dark(#c02b2b, #ff8f8f); --none: light-dark(#73808c, #8d9aa5);
  container-type: inline-size; box-sizing: border-box; padding: 12px; display: grid; gap: 10px;
  color: var(--text); font: 13px/1.45 "Nunito Sans", system-ui, sans-serif; min-block-size: 100%;
  grid-template-rows: auto auto auto 1fr; grid-template-columns: minmax(0, 1fr); background: var(--content);
}
.lab *, .lab *::before { box-sizing: border-box; }
.lab ol, .lab ul { list-style: none; margin: 0; padding: 0; }
.lab-row { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; }
.lab-caption { margin: 0; font-size: 12px; font-weight: 700; color: var(--muted); font-variant-numeric: tabular-nums; }
.lab-faults > .lab-caption:first-child { min-inline-size: 8em; }
.lab-button, .lab-chip, .lab select, .lab input[type=number] {
  font: inherit; color: inherit; background: var(--content); border: 1px solid var(--line); border-radius: 5px;
  min-block-size: 28px; padding: 2px 9px; cursor: pointer;
}
.lab select, .lab input[type=number] { inline-size: 100%; padding-inline: 7px; }
.lab input[type=number] { cursor: text; }
.lab-button:hover:not(:disabled), .lab-chip:hover { background: var(--hover); border-color: var(--accent); }
.lab-button:disabled { opacity: .45; cursor: default; }
.lab :is(button, select, input, [tabindex]):focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.lab svg { inline-size: 14px; block-size: 14px; display: block; fill: currentColor; stroke: currentColor; stroke-width: 1.6;
  stroke-linecap: round; stroke-linejoin: round; }
.lab-button:has(> svg) { inline-size: 30px; padding: 0; display: grid; place-items: center; }
.lab-button.lab-main { background: var(--accent); border-color: var(--accent); color: #fff; }
.lab-button.lab-main:hover { background: var(--accent); filter: brightness(1.08); }
.lab-scrub { flex: 1 1 12em; min-inline-size: 8em; accent-color: var(--accent); cursor: pointer; }
.lab-place { display: grid; justify-items: end; min-inline-size: 6.5em; font-variant-numeric: tabular-nums; line-height: 1.2; }
.lab-place small { color: var(--muted); font-size: 11px; }
.lab-tape { display: grid; gap: 8px; }
.lab-states { display: flex; gap: 2px; min-block-size: 20px; }
.lab-states li { flex: 0 1 auto; min-inline-size: 4px; overflow: hidden; border-radius: 3px; padding: 1px 6px; font-size: 11px;
  white-space: nowrap; text-overflow: clip; color: var(--tone); background: color-mix(in srgb, var(--tone) 16%, transparent);
  box-shadow: inset 0 -2px var(--tone); }
.lab [data-status] { --tone: var(--none); }
.lab [data-status=open], .lab [data-status=connecting] { --tone: var(--ok); }
.lab [data-status=stalled], .lab [data-status=waiting] { --tone: var(--wait); }
.lab [data-status=offline], .lab [data-status=interrupted] { --tone: var(--bad); }
.lab-chip { display: inline-flex; align-items: center; gap: 5px; border-color: var(--bad); color: var(--bad); border-radius: 14px; }
.lab-chip svg { inline-size: 11px; block-size: 11px; }
.lab-settings { display: grid; grid-template-columns: repeat(auto-fill, minmax(128px, 1fr)); gap: 8px; align-items: end; }
.lab-field { display: grid; gap: 2px; }
.lab-field label { font-size: 12px; color: var(--muted); }
.lab-columns { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; min-block-size: 180px; }
@container (min-width: 760px) { .lab-columns { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); } }
.lab-log { display: grid; grid-template-rows: auto minmax(0, 1fr); gap: 4px; align-content: start; }
.lab-log ol { max-block-size: 360px; overflow: auto; border: 1px solid var(--line); border-radius: 6px; position: relative; }
.lab-log button { display: flex; gap: 8px; align-items: baseline; inline-size: 100%; padding: 2px 8px; min-block-size: 24px;
  border: 0; border-inline-start: 3px solid transparent; background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; }
.lab-log button:hover { background: var(--hover); }
.lab-log button[data-ahead] > * { opacity: .6; }
.lab-log button:focus-visible { outline-offset: -2px; }
.lab-log button[aria-current] { background: color-mix(in srgb, var(--accent) 14%, transparent); border-inline-start-color: var(--accent); }
.lab-number { min-inline-size: 2.4em; text-align: end; font-variant-numeric: tabular-nums; font-weight: 700; }
.lab-time { min-inline-size: 3.4em; text-align: end; font-variant-numeric: tabular-nums; color: var(--muted); }
.lab-kind { min-inline-size: 4.6em; color: var(--muted); }
.lab-log button:is([data-kind=lost], [data-kind=refused], [data-kind=offline]) .lab-kind { color: var(--bad); }
.lab-log button:is([data-kind=head], [data-kind=end], [data-kind=online]) .lab-kind { color: var(--ok); }
.lab-text { flex: 1 1 auto; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
  font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 12px; }
.lab-status { color: var(--tone); font-size: 11px; font-weight: 700; }
.lab-status::before { content: "\\2192\\a0"; }
.lab-log q { color: var(--accent); font-size: 12px; max-inline-size: 16em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.lab-findings { display: grid; gap: 12px; align-content: start; }
.lab-findings ol { max-block-size: 190px; overflow: auto; border: 1px solid var(--line); border-radius: 6px; margin-block-start: 4px; }
.lab-findings li { display: flex; gap: 8px; align-items: baseline; padding: 2px 8px; }
.lab-findings .lab-text { white-space: normal; }
.lab-findings .lab-number { min-inline-size: 3.6em; }
.lab-empty { margin: 4px 0 0; color: var(--muted); }
`;
