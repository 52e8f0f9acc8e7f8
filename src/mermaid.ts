// Entry point `rivulet/mermaid`: diagrams, by Mermaid.
export { mermaid } from './plugins/mermaid/mermaid.ts';
