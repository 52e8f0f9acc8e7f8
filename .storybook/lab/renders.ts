// Counts how often each component rendered, from what React tells its developer tools after every commit. Works in
// production builds too, where `Profiler` says nothing.

export interface RenderCount {
  readonly name: string;
  readonly renders: number;
  readonly mounts: number;
}

/** The little of React's tree that is read. */
interface Fiber {
  readonly tag: number;
  readonly type: unknown;
  readonly flags: number;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  readonly alternate: Fiber | null;
}

interface DevToolsHook {
  onCommitFiberRoot?: (id: number, root: { readonly current: Fiber }, ...rest: readonly unknown[]) => void;
}

export interface RenderCounter {
  readonly commits: number;
  readonly counts: readonly RenderCount[];
  clear(): void;
  stop(): void;
}

/** Function, class, forwardRef, memo and simple memo components. */
const components: ReadonlySet<number> = new Set([0, 1, 11, 14, 15]);

/** React sets it on what it called for this commit, for its tools to read. */
const performedWork = 1;

/** The lab's own and Storybook's components stand around the story. */
const around = /^(Lab|Storybook|Story|Error|unbound|Component$|Decorat|hookified)/;

export function countRenders(onCommit: () => void): RenderCounter {
  const hook = (globalThis as { __REACT_DEVTOOLS_GLOBAL_HOOK__?: DevToolsHook }).__REACT_DEVTOOLS_GLOBAL_HOOK__;
  const byName = new Map<string, { renders: number; mounts: number }>();
  let commits = 0;

  const count = (fiber: Fiber, mounted: boolean): void => {
    const name = components.has(fiber.tag) ? nameOf(fiber.type) : undefined;
    if (name === undefined || around.test(name)) return;
    const entry = byName.get(name) ?? { renders: 0, mounts: 0 };
    entry.renders += 1;
    if (mounted) entry.mounts += 1;
    byName.set(name, entry);
  };
  /** Where React left a subtree alone, both trees hold the same children. */
  const compare = (next: Fiber, before: Fiber | null): void => {
    if (before === null) count(next, true);
    else if ((next.flags & performedWork) !== 0) count(next, false);
    if (before !== null && next.child === before.child) return;
    for (let child = next.child; child !== null; child = child.sibling) {
      if (before === null || child.alternate === null) compare(child, null);
      else compare(child, child.alternate);
    }
  };

  const original = hook?.onCommitFiberRoot;
  const watching: DevToolsHook['onCommitFiberRoot'] = (id, root, ...rest) => {
    original?.call(hook, id, root, ...rest);
    commits += 1;
    compare(root.current, root.current.alternate);
    onCommit();
  };
  if (hook) hook.onCommitFiberRoot = watching;

  return {
    get commits() {
      return commits;
    },
    get counts() {
      return [...byName]
        .map(([name, entry]) => ({ name, ...entry }))
        .toSorted((one, other) => other.renders - one.renders || one.name.localeCompare(other.name));
    },
    clear() {
      byName.clear();
      commits = 0;
    },
    stop() {
      if (hook?.onCommitFiberRoot === watching && original) hook.onCommitFiberRoot = original;
    },
  };
}

function nameOf(type: unknown): string | undefined {
  if (typeof type === 'function') return displayName(type) ?? type.name;
  if (typeof type !== 'object' || type === null) return undefined;
  const inner = 'render' in type ? type.render : 'type' in type ? type.type : undefined;
  return displayName(type) ?? (inner === undefined ? undefined : nameOf(inner));
}

function displayName(type: object): string | undefined {
  return 'displayName' in type && typeof type.displayName === 'string' ? type.displayName : undefined;
}
