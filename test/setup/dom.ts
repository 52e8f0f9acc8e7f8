// Prepares jsdom for React: updates outside act() are reported, and each test leaves an empty document.
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);
