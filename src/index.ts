// Entry point `rivulet`: everything. It tree-shakes, so importing one thing costs that thing.
export * from './components.ts';
