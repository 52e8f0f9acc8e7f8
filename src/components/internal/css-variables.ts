// The custom properties that a theme may set: the second tier of `styles/tokens.css`. The palette behind them is ours.

/** Set them on `:root`, or on any element for what is inside it. */
export type CssVariable =
  | `--rv-color-${ColorToken}`
  | `--rv-font-${'body' | 'mono'}`
  | `--rv-text-${'xs' | 'sm' | 'md' | 'lg' | 'xl'}`
  | `--rv-leading${'' | '-tight' | '-prose'}`
  | `--rv-weight-${'medium' | 'bold'}`
  | `--rv-space-${1 | 2 | 3 | 4 | 5 | 6 | 7}`
  | `--rv-radius-${'sm' | 'md' | 'lg' | 'full'}`
  | `--rv-duration${'' | '-fast'}`
  /** `light` or `dark`; what `data-theme` sets. Unset, the page's `color-scheme` holds. */
  | '--rv-scheme'
  /** How wide running text gets. */
  | '--rv-measure'
  /** The least size of a control. */
  | '--rv-target'
  /** Width of hairlines, and of the focus ring. */
  | '--rv-line'
  | '--rv-ring'
  | '--rv-ease'
  | '--rv-shadow-raised';

type ColorToken =
  | 'canvas'
  | 'surface'
  | 'sunken'
  | 'hover'
  | 'text'
  | 'muted'
  | 'line'
  | 'control'
  | 'accent'
  | 'accent-strong'
  | 'on-accent'
  | 'danger'
  | 'warning'
  | 'success'
  | 'focus'
  /** Kinds of tokens in highlighted code. */
  | `code-${'comment' | 'keyword' | 'string' | 'number' | 'function' | 'type'}`;
