import type { Meta, StoryObj } from '@storybook/react-vite';
import { fn } from 'storybook/test';
import { Attachment } from '../src/index.ts';
import { playground, replacedBy, rightToLeft, statesOf, unstyled } from './support/component-stories.tsx';

const picture =
  'iVBORw0KGgoAAAANSUhEUgAAABgAAAAYCAIAAABvFaqvAAAARklEQVR42mO49uYNVRDDqEGjBg2EQfxlDciITIPQTEE2joFCI+CIegYh+5NsU6AGoQUbGaagGIRpFpFGYDGIEjRq0Ig2CAAbJT8y6zLoVAAAAABJRU5ErkJggg==';

const meta = {
  title: 'Components/Attachment',
  component: Attachment,
  args: { file: { name: 'tide-tables-brest-2026.pdf', mediaType: 'application/pdf', size: 1_843_200 } },
} satisfies Meta<typeof Attachment>;

export default meta;
type Story = StoryObj<typeof meta>;

export const File: Story = {};

export const Removable: Story = { args: { onRemove: fn() } };

export const Link: Story = {
  args: { file: { name: 'almanac.csv', mediaType: 'text/csv', url: 'https://example.org/almanac.csv' } },
};

export const Picture: Story = {
  args: { file: { name: 'chart.png', mediaType: 'image/png', base64: picture, size: 91 }, onRemove: fn() },
};

export const LongContent: Story = {
  args: { file: { name: `${'very-'.repeat(20)}long.txt`, mediaType: 'text/plain', size: 12 }, onRemove: fn() },
};

export const Playground: Story = playground;

/** Every state on one sheet. */
export const States: Story = statesOf(Attachment, meta.args, { File, Removable, Link, Picture, LongContent });

export const RightToLeft: Story = rightToLeft;

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(Attachment, meta.args, 'section');
