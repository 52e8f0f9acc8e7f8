// What a story knows of the lab it is shown in.
import { createContext, useContext } from 'react';
import type { LabSession } from './lab-session.ts';
import type { LabState } from './lab-state.ts';

export interface Lab {
  readonly state: LabState;
  readonly session: LabSession;
}

export const LabContext = createContext<Lab | undefined>(undefined);

export function useLab(): Lab {
  const lab = useContext(LabContext);
  if (lab === undefined) throw new TypeError('A story that streams is shown in the lab: `withLab` is missing.');
  return lab;
}
