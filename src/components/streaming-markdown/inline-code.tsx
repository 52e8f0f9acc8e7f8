'use client';
// Code within a line, and what a plugin makes of it where its syntax gave it a language.
import { useContext, type ComponentPropsWithoutRef, type ReactElement } from 'react';
import type { ExtraProps } from 'react-markdown';
import { MarkdownContext } from './markdown-scope.tsx';

export function InlineCode({ node, ...rest }: ComponentPropsWithoutRef<'code'> & ExtraProps): ReactElement {
  const { plugins } = useContext(MarkdownContext);
  const code = <code {...rest} />;
  const names = node?.properties['className'];
  if (!Array.isArray(names) || names.length < 2) return code;
  const language = String(names[0]).slice('language-'.length);
  const View = plugins?.find((plugin) => plugin.inline?.[language])?.inline?.[language];
  const [text] = node?.children ?? [];
  if (!View || text?.type !== 'text') return code;
  return (
    <View
      source={text.value}
      isDisplay={names.includes(`${language}-display`)}
      isOpen={names.includes(`${language}-open`)}
    >
      {code}
    </View>
  );
}
