// Entry point `rivulet/math`: formulas, by KaTeX.
export { math } from './plugins/math/math.tsx';
