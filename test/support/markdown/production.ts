// Imported before React: its development build takes several times as long, and what is compared is the same.
process.env.NODE_ENV = 'production';
