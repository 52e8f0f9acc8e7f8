// What code in the documentation takes from the reader's own application.

declare function getToken(): string;
declare function report(fact: unknown): void;

declare const agentId: string;
declare const userId: string;
/** Where the simulated server stands. */
declare const base: string;
