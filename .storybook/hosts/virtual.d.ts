declare module 'virtual:tailwind-preflight' {
  const css: string;
  export default css;
}
