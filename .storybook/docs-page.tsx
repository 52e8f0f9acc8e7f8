// A page of docs/ as Storybook shows it: rendered by the kit's own markdown.
import { type AnchorHTMLAttributes, type ReactElement, useCallback } from 'react';
import { highlight } from '../src/highlight.ts';
import { StreamingMarkdown } from '../src/markdown.ts';
import { mermaid } from '../src/mermaid.ts';
import '../src/styles/styles.css';
import { pageLink } from './docs-links.ts';
import './page.css';

interface DocsPageProps {
  /** Below docs/. */
  readonly path: string;
  readonly text: string;
  readonly titles: Readonly<Record<string, string>>;
}

export function DocsPage({ path, text, titles }: DocsPageProps): ReactElement {
  const lead = useCallback((href: string) => pageLink(href, path, titles) ?? href, [path, titles]);
  return (
    <div className="docs-page sb-unstyled rv">
      <StreamingMarkdown components={components} plugins={plugins} urlTransform={lead}>
        {text}
      </StreamingMarkdown>
    </div>
  );
}

/** Pages are shown in a frame: a link between them is for the window around it. */
function DocsLink({ href = '', children }: AnchorHTMLAttributes<HTMLAnchorElement>): ReactElement {
  return (
    <a href={href} target={href.startsWith('./?path=') ? '_top' : '_blank'} rel="noreferrer">
      {children}
    </a>
  );
}

const components = { a: DocsLink };

const plugins = [mermaid(), highlight()];
