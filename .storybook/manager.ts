// Storybook's own window: the stream lab's panel, first among the panels.
import './lab/register.tsx';
