// Entry point `rivulet/highlight`: code in colours, by shiki.
export { highlight } from './plugins/highlight/highlight.ts';
