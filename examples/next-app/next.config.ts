import type { NextConfig } from 'next';

const config: NextConfig = {
  // Compression would hold a stream back until a block is full.
  compress: false,
};

export default config;
