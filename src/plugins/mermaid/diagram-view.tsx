'use client';
// A diagram, drawn once its fence is closed. The code block stands there until then, and where it cannot be drawn; with
// the drawing it stays one press away.
import { useCallback, useEffect, useId, useRef, useState, type ReactElement, type TransitionEvent } from 'react';
import {
  CodeBlockAction,
  CodeBlockHeader,
  CodeBlockLanguage,
  CodeBlockRoot,
} from '../../components/code-block/code-block-parts.tsx';
import { code } from '../../components/internal/icon-paths.ts';
import { IconShape } from '../../components/internal/icon-shape.tsx';
import { markdownTexts } from '../../labels/texts.ts';
import { useWording } from '../../components/internal/labels-context.tsx';
import type { CodeViewProps } from '../../components/streaming-markdown/plugin.ts';
import { useSnapshot } from '../../hooks/use-store.ts';
import { lazyPeer } from '../lazy-peer.ts';
import type { Drawing } from './draw.ts';

type Draw = (id: string, source: string, place: Element) => Promise<Drawing>;

const peer = /* @__PURE__ */ lazyPeer('mermaid', 'mermaid', async (): Promise<Draw> => {
  const [{ draw }, { default: mermaid }] = await Promise.all([import('./draw.ts'), import('mermaid')]);
  return (...diagram) => draw(mermaid, ...diagram);
});

export function DiagramView({ source, isOpen, children }: CodeViewProps): ReactElement {
  const { say } = useWording(markdownTexts);
  const draw = useSnapshot(peer);
  const id = `rv${useId().replace(/\W/g, '')}`;
  const root = useRef<HTMLDivElement>(null);
  const [color, setColor] = useState('');
  const [drawn, setDrawn] = useState<{ readonly source: string; readonly drawing: Drawing } | undefined>();
  const [showsCode, setShowsCode] = useState(false);

  useEffect(() => {
    if (!isOpen) peer.load();
  }, [isOpen]);

  useEffect(() => {
    if (!draw || isOpen || !root.current) return;
    let isCurrent = true;
    draw(id, source, root.current).then(
      (drawing) => isCurrent && setDrawn({ source, drawing }),
      // Not a diagram: the reader sees its code.
      () => isCurrent && setDrawn(undefined),
    );
    return () => {
      isCurrent = false;
    };
  }, [draw, isOpen, source, id, color]);

  const drawing = drawn?.source === source ? drawn.drawing : undefined;
  const place = useCallback(
    (host: HTMLDivElement | null) => {
      if (!host || !drawing) return;
      const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
      shadow.adoptedStyleSheets = [drawing.styleSheet];
      shadow.replaceChildren(drawing.svg);
    },
    [drawing],
  );
  // Whatever changes the theme, on this element or far above it, changes this colour, and the style sheet gives that a
  // transition of no length to speak of.
  const handleTransition = (event: TransitionEvent<HTMLDivElement>) => {
    if (event.target === event.currentTarget) setColor(getComputedStyle(event.currentTarget).color);
  };

  return (
    <div className="rv rv-diagram" data-slot="diagram" ref={root} onTransitionEnd={handleTransition}>
      {drawing && (
        <CodeBlockRoot>
          <CodeBlockHeader>
            <CodeBlockLanguage>{say('diagram')}</CodeBlockLanguage>
            <CodeBlockAction
              label={say('diagramSource')}
              aria-expanded={showsCode}
              onClick={() => setShowsCode(!showsCode)}
            >
              <IconShape path={code} />
            </CodeBlockAction>
          </CodeBlockHeader>
          {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an image element takes no shadow root */}
          <div className="rv-diagram-drawing" role="img" aria-label={drawing.title ?? say('diagram')} ref={place} />
        </CodeBlockRoot>
      )}
      {(!drawing || showsCode) && children}
    </div>
  );
}
