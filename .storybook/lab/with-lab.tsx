// Shows every story in the lab: in real time until an address says at which event it stands, then event by event.
import type { Decorator } from '@storybook/react-vite';
import { Fragment, type ReactElement, type ReactNode, useContext, useEffect, useMemo, useReducer } from 'react';
import { addons } from 'storybook/preview-api';
import { ClockContext, StreamRegistryContext } from '../../src/hooks.ts';
import { LabContext } from '../../stories/support/lab/lab-context.ts';
import { createLabSession } from '../../stories/support/lab/lab-session.ts';
import { decodeLabState, labStateOf, type LabState, streamKey } from '../../stories/support/lab/lab-state.ts';
import { createLabDriver } from './driver.ts';

export const labDriver = createLabDriver(addons.getChannel());

export const withLab: Decorator = (Story, { globals, parameters, id }) => (
  <LabFrame key={id} state={labStateOf(globals['lab'], parameters['lab'])}>
    <Story />
  </LabFrame>
);

interface LabFrameProps {
  readonly state: LabState;
  readonly children: ReactNode;
}

function LabFrame({ state, children }: LabFrameProps): ReactElement {
  const pageClock = useContext(ClockContext);
  const [showing, restart] = useReducer((count: number) => count + 1, 0);
  const key = `${showing} ${streamKey(state)}`;
  const lab = useMemo(() => {
    const [held, settings] = JSON.parse(key.slice(key.indexOf(' '))) as [boolean, object];
    const settled = decodeLabState(settings);
    return { state: settled, session: createLabSession({ ...settled, held, clock: pageClock }) };
  }, [key, pageClock]);
  const { session } = lab;

  useEffect(() => {
    const leave = labDriver.show(session, restart);
    return () => {
      leave();
      session.dispose();
    };
  }, [session]);
  const { at, speed } = state;
  useEffect(() => void labDriver.aim({ at, speed }), [session, at, speed]);

  return (
    <LabContext.Provider value={lab}>
      <StreamRegistryContext.Provider value={session.registry}>
        <ClockContext.Provider value={session.clock}>
          <Fragment key={key}>{children}</Fragment>
        </ClockContext.Provider>
      </StreamRegistryContext.Provider>
    </LabContext.Provider>
  );
}
