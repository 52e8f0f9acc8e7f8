// What the elements of an answer are by default. They hold no state, so they render in server components too; what
// needs the client (copying, folding) is in files of its own.
import type { ComponentPropsWithoutRef, ReactElement } from 'react';
import type { Components, ExtraProps } from 'react-markdown';
import { MarkdownCode } from './markdown-code.tsx';
import { BlockedImage } from './blocked-image.tsx';
import { FootnoteBack, FootnoteLabel } from './footnote-words.tsx';
import { MarkdownTable } from './markdown-table.tsx';
import { TaskCheckbox } from './task-checkbox.tsx';

type Props<Tag extends keyof React.JSX.IntrinsicElements & string> = ComponentPropsWithoutRef<Tag> & ExtraProps;

/** Alignment as data: an inline style would not pass a strict content security policy. */
function cell(Tag: 'td' | 'th') {
  return function Cell({ node: _node, style, ...rest }: Props<'td'>): ReactElement {
    return <Tag dir="auto" {...rest} data-align={style?.textAlign} />;
  };
}

function block(name: 'p' | 'li' | 'blockquote') {
  const Tag = name as 'p';
  return function Block({ node: _node, ...rest }: Props<'p'>): ReactElement {
    return <Tag dir="auto" {...rest} />;
  };
}

function heading(level: number) {
  const Tag = `h${Math.min(6, level)}` as 'h1';
  return function Heading({ node: _node, children, ...rest }: Props<'h1'>): ReactElement {
    return (
      <Tag dir="auto" {...rest}>
        {rest.id === 'footnote-label' ? <FootnoteLabel>{children}</FootnoteLabel> : children}
      </Tag>
    );
  };
}

function Link({ node, href, children, ...rest }: Props<'a'>): ReactElement {
  // Without a safe address it is not a link, unless the address is still to come.
  if (node?.data?.isPending) return <a {...rest}>{children}</a>;
  if (node?.properties['dataFootnoteBackref'] !== undefined) {
    return (
      <FootnoteBack {...rest} href={href}>
        {children}
      </FootnoteBack>
    );
  }
  if (!href) return <span {...(rest as object)}>{children}</span>;
  const isOutside = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(href);
  return (
    <a {...rest} href={href} rel={isOutside ? 'noopener noreferrer nofollow' : undefined}>
      {children}
    </a>
  );
}

const shared = {
  a: Link,
  blockquote: block('blockquote'),
  img: BlockedImage,
  input: TaskCheckbox,
  li: block('li'),
  p: block('p'),
  pre: MarkdownCode,
  table: MarkdownTable,
  td: cell('td'),
  th: cell('th'),
} as Components;

const byOffset = new Map<number, Components>();

/** The default set, its headings lowered by `headingOffset`; the same object for the same offset. */
export function defaultComponents(headingOffset: number): Components {
  let components = byOffset.get(headingOffset);
  if (!components) {
    const headings = [1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, heading(level + headingOffset)] as const);
    components = { ...shared, ...Object.fromEntries(headings) } as Components;
    byOffset.set(headingOffset, components);
  }
  return components;
}
