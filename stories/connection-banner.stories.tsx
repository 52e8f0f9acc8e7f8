import type { Meta, StoryObj } from '@storybook/react-vite';
import { fn } from 'storybook/test';
import { ConnectionBanner, type ConnectionState } from '../src/index.ts';
import { playground, replacedBy, rightToLeft, statesOf, unstyled } from './support/component-stories.tsx';

const lost = { code: 'closed-early', retryable: true } as const;
const frozen = { now: () => 1_000, after: () => () => undefined, nextFrame: () => () => undefined };
const waiting = (cause: object, retryAt = 13_000): ConnectionState =>
  ({ status: 'waiting', attempt: 2, retryAt, cause }) as ConnectionState;

const meta = {
  title: 'Components/ConnectionBanner',
  component: ConnectionBanner,
  args: { state: waiting(lost), delayMs: 0, onRetry: fn(), clock: frozen },
} satisfies Meta<typeof ConnectionBanner>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Reconnecting: Story = {};

export const Busy: Story = { args: { state: waiting({ code: 'http-status', status: 503 }) } };

export const Offline: Story = { args: { state: { status: 'offline' }, onRetry: undefined } };

export const Stalled: Story = { args: { state: { status: 'stalled', attempt: 1, lastByteAt: 0 } } };

export const Interrupted: Story = { args: { state: { status: 'interrupted', cause: lost } as ConnectionState } };

export const Failed: Story = {
  args: {
    state: { status: 'closed', reason: { kind: 'failed', error: { code: 'connect-failed' } } } as ConnectionState,
  },
};

export const TooManyStreams: Story = { args: { state: waiting({ code: 'connection-limit' }) } };

export const Playground: Story = playground;

/** Every state on one sheet. */
export const States: Story = statesOf(ConnectionBanner, meta.args, {
  Reconnecting,
  Busy,
  Offline,
  Stalled,
  Interrupted,
  Failed,
  TooManyStreams,
});

export const LongContent: Story = { args: { state: { status: 'interrupted', cause: lost } as ConnectionState } };

export const RightToLeft: Story = rightToLeft;

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(ConnectionBanner, meta.args, 'section');
