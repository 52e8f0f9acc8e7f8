// Every renderer that is compared, each used as its documentation says, with highlighting off, behind one interface.
import XMarkdown from '@ant-design/x-markdown';
import { IncremarkContent } from '@incremark/react';
import { marked } from 'marked';
import Markdown from 'markdown-to-jsx';
import { type ComponentType, memo, useLayoutEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { Streamdown } from 'streamdown';
import * as smd from 'streaming-markdown';
import { StreamingMarkdown } from '../../src/markdown.ts';
import type { Mounted } from './mounted.ts';

interface TextProps {
  readonly text: string;
  readonly streaming: boolean;
}

const gfm = [remarkGfm];

const Block = memo(({ text }: { readonly text: string }) => <ReactMarkdown remarkPlugins={gfm}>{text}</ReactMarkdown>);

/** The recipe of the AI SDK's documentation: split into blocks by marked, render each with react-markdown, memoised. */
function MemoisedBlocks({ text }: TextProps) {
  const blocks = useMemo(
    () => marked.lexer(text).map((token, index) => ({ key: `block-${index}`, text: token.raw })),
    [text],
  );
  return blocks.map((block) => <Block key={block.key} text={block.text} />);
}

const components: Readonly<Record<string, ComponentType<TextProps>>> = {
  rivulet: ({ text, streaming }) => <StreamingMarkdown streaming={streaming}>{text}</StreamingMarkdown>,
  'plain text': ({ text }) => <div style={{ whiteSpace: 'pre-wrap' }}>{text}</div>,
  streamdown: ({ text, streaming }) => <Streamdown isAnimating={streaming}>{text}</Streamdown>,
  'react-markdown': ({ text }) => <ReactMarkdown remarkPlugins={gfm}>{text}</ReactMarkdown>,
  'marked + memo': MemoisedBlocks,
  'ant x-markdown': ({ text, streaming }) => <XMarkdown content={text} streaming={{ hasNextChunk: streaming }} />,
  'markdown-to-jsx': ({ text }) => <Markdown options={{ optimizeForStreaming: true }}>{text}</Markdown>,
  incremark: ({ text, streaming }) => <IncremarkContent content={text} isFinished={!streaming} />,
};

export const candidateNames: readonly string[] = [...Object.keys(components), 'streaming-markdown'];

export function mount(name: string, root: HTMLElement): Mounted {
  if (name === 'streaming-markdown') return mountVanilla(root);
  const Component = components[name];
  if (Component === undefined) throw new Error(`no candidate is called ${name}`);
  return mountReact(Component, root);
}

function mountReact(Component: ComponentType<TextProps>, root: HTMLElement): Mounted {
  let setProps: (props: TextProps) => void = () => {};
  let committed: () => void = () => {};
  function Host() {
    const [props, set] = useState<TextProps>({ text: '', streaming: true });
    useLayoutEffect(() => {
      setProps = set;
      committed();
    }, [props]);
    return <Component {...props} />;
  }
  const ready = new Promise<void>((resolve) => {
    committed = resolve;
  });
  createRoot(root).render(<Host />);
  return {
    async show(text, streaming) {
      await ready;
      await new Promise<void>((resolve) => {
        committed = resolve;
        setProps({ text, streaming });
      });
    },
  };
}

function mountVanilla(root: HTMLElement): Mounted {
  const parser = smd.parser(smd.default_renderer(root));
  let written = 0;
  return {
    async show(text, streaming) {
      smd.parser_write(parser, text.slice(written));
      written = text.length;
      if (!streaming) smd.parser_end(parser);
    },
  };
}
