/** @jsxRuntime classic */
// The stream lab's panel: the story's stream as a tape that can be played, wound and cut, and what came of each event.
import * as React from 'react';
import type { ReactElement } from 'react';
import { AddonPanel } from 'storybook/internal/components';
import { useTheme } from 'storybook/theming';
import { EventLog } from './event-log.tsx';
import { FaultBar } from './fault-bar.tsx';
import { Findings } from './findings.tsx';
import { panelStyles, themeVariables } from './panel-styles.ts';
import { Settings } from './settings.tsx';
import { Tape } from './tape.tsx';
import { useLabPanel } from './use-lab-panel.ts';

export function LabPanel({ active }: { readonly active: boolean }): ReactElement {
  const lab = useLabPanel(active);
  const theme = useTheme();
  return (
    <AddonPanel active={active}>
      <style>{panelStyles}</style>
      <div className="lab" style={themeVariables(theme)}>
        <Tape lab={lab} />
        <FaultBar lab={lab} />
        <Settings lab={lab} />
        <div className="lab-columns">
          <EventLog lab={lab} />
          <Findings report={lab.report} />
        </div>
      </div>
    </AddonPanel>
  );
}
