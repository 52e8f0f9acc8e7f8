import type { ReactNode } from 'react';
import 'rivulet/styles.css';
import './page.css';

export const metadata = { title: 'Rivulet: Next.js', icons: 'data:,' };

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
