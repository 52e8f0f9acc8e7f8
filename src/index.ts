// Entry point `rivulet`: everything. It tree-shakes, so importing one thing costs that thing.
export * from './chat.ts';
export * from './components.ts';
export * from './core.ts';
export * from './hooks.ts';
export * from './markdown.ts';
export * from './protocols.ts';
