'use client';
// The box of a task list item: it shows a state and cannot be changed.
import type { ComponentPropsWithoutRef, ReactElement } from 'react';
import type { ExtraProps } from 'react-markdown';
import { markdownTexts } from '../../labels/texts.ts';
import { useWording } from '../internal/labels-context.tsx';

export function TaskCheckbox({ node: _node, ...rest }: ComponentPropsWithoutRef<'input'> & ExtraProps): ReactElement {
  const { say } = useWording(markdownTexts);
  return <input {...rest} aria-label={say(rest.checked ? 'taskDone' : 'taskOpen')} />;
}
