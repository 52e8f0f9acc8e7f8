/** @jsxRuntime classic */
// Adds the lab's panel to Storybook.
import * as React from 'react';
import { addons, types } from 'storybook/manager-api';
import { labId } from './messages.ts';
import { LabPanel } from './panel.tsx';

addons.register(labId, () => {
  addons.add(`${labId}/panel`, {
    type: types.PANEL,
    title: 'Stream lab',
    render: ({ active = false }) => <LabPanel active={active} />,
  });
});
