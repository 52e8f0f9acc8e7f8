// What every story shares: the library's stylesheet, and accessibility violations that fail the story.
import type { Preview } from '@storybook/react-vite';
import '../src/styles/styles.css';

const preview: Preview = {
  parameters: { a11y: { test: 'error' } },
};

export default preview;
