// The script of the page: hydrates what the server sent, then streams the answer once more beside it.
import 'katex/dist/katex.min.css';
import { createRoot, hydrateRoot } from 'react-dom/client';
import '../../../src/styles/styles.css';
import { answer, view } from './view.tsx';

const report = { violations: [] as string[], errors: [] as string[] };
Object.assign(globalThis, { report });
addEventListener('securitypolicyviolation', (event) => {
  report.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample} ${event.sourceFile}`);
});
addEventListener('error', (event) => report.errors.push(event.message));
addEventListener('unhandledrejection', (event) => report.errors.push(String(event.reason)));

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const place = (id: string) => document.getElementById(id) as HTMLElement;

hydrateRoot(place('served'), view(answer, false), {
  onRecoverableError: (error) => report.errors.push(String(error)),
});

const root = createRoot(place('streamed'));
for (let end = 0; end < answer.length; end += 40) {
  root.render(view(answer.slice(0, end), true));
  await frame();
}
root.render(view(answer, false));
for (const id of ['served', 'streamed']) {
  const isShown = () => place(id).querySelector('.rv-code-deleted') && place(id).querySelectorAll('.katex').length > 4;
  while (!isShown()) await frame();
}
document.documentElement.dataset['done'] = '';
