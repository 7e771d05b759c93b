// build.mjs FOLDER - bundles src/ into it. Editors and maps, which no panel here needs, are replaced by nothing.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

const unused = {
	name: 'unused',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^(monaco-editor|@monaco-editor\/react|ol|@grafana\/faro-web-sdk)(\/|$)/ }, ({ path }) => ({ path, namespace: 'unused' }));
		onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = new Proxy(class {}, { get: (all, key) => key === "__esModule" ? true : all });' }));
	},
};
await build({
	entryPoints: [`${here}/src/main.jsx`],
	outdir: process.argv[2],
	preserveSymlinks: true,
	bundle: true, minify: true, jsx: 'automatic', format: 'iife', platform: 'browser', logLevel: 'warning',
	define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
	plugins: [unused],
});
