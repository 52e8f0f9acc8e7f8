import type { Meta, StoryObj } from '@storybook/react-vite';
import { fn } from 'storybook/test';
import { ErrorNotice } from '../src/index.ts';
import { playground, replacedBy, rightToLeft, statesOf, unstyled } from './support/component-stories.tsx';

const meta = {
  title: 'Components/ErrorNotice',
  component: ErrorNotice,
  args: { error: { code: 'connect-failed', retryable: true }, onRetry: fn() },
} satisfies Meta<typeof ErrorNotice>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Network: Story = {};

export const Interrupted: Story = {
  args: { error: { code: 'closed-early', retryable: true }, tone: 'interrupted', onResume: fn() },
};

export const ServerSaid: Story = {
  args: { error: { code: 'failed', retryable: true, message: 'The model is overloaded. (req_8f2)' } },
};

export const RateLimited: Story = { args: { error: { code: 'rate-limited', retryable: true, status: 429 } } };

export const WithoutRetry: Story = { args: { error: { code: 'refused', retryable: false }, onRetry: undefined } };

export const Playground: Story = playground;

/** Every state on one sheet. */
export const States: Story = statesOf(ErrorNotice, meta.args, {
  Network,
  Interrupted,
  ServerSaid,
  RateLimited,
  WithoutRetry,
});

export const LongContent: Story = {
  args: {
    error: {
      code: 'failed',
      retryable: true,
      message: `The model said: ${'overloaded, '.repeat(40)}req_${'8f2'.repeat(60)}`,
    },
  },
};

export const RightToLeft: Story = rightToLeft;

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(ErrorNotice, meta.args, 'section');
