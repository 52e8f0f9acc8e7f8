// The component set that changes nothing: with it, and `allowImages`, the result equals react-markdown's.
import type { Components } from 'react-markdown';

export const bare: Components = /* @__PURE__ */ Object.freeze({});
