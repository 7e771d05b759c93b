// The page that draws, its fonts and pictures, the dashboards, and Prometheus behind /prom/, on a free port.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// import.meta.dirname is not in Node 18.
const here = dirname(fileURLToPath(import.meta.url));
const types = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', json: 'application/json' };

const page = (config) => `<!doctype html><meta charset=utf-8><link rel=icon href=data:,><base href="/"><link rel=stylesheet href=/main.css>
<body class="theme-dark"><div id=root></div>
<script>window.__grafana_public_path__='/public/';window.CONFIG=${JSON.stringify(config)}</script><script src=/main.js></script>`;

export const serve = async (site, prometheus) => {
	const files = [
		[/^\/(main\.(?:js|css))$/, (m) => join(site, m[1])],
		[/^\/dashboards\/(\w+\.json)$/, (m) => join(here, '..', m[1])],
		[/^\/public\/build\/img\/(.+)$/, (m) => join(here, 'node_modules/@grafana/ui/dist/public/img', m[1])],
		[/^\/public\/fonts\/inter\/Inter-(\w+)\.woff2$/, (m) => `/usr/share/fonts/opentype/inter/Inter-${m[1]}.otf`],
	];
	const server = createServer(async (request, response) => {
		try {
			const { pathname, searchParams } = new URL(request.url, 'http://x');
			if (pathname === '/') return response.setHeader('content-type', 'text/html').end(page(JSON.parse(searchParams.get('config'))));
			if (pathname.startsWith('/prom/')) {
				const answer = await fetch(prometheus + request.url.slice(5));
				return response.writeHead(answer.status, { 'content-type': 'application/json' }).end(Buffer.from(await answer.arrayBuffer()));
			}
			for (const [pattern, file] of files) {
				const match = pattern.exec(pathname);
				if (match) return response.setHeader('content-type', types[pathname.split('.').pop()] ?? 'application/octet-stream').end(await readFile(file(match)));
			}
			response.writeHead(404).end();
		} catch (error) {
			response.writeHead(500).end(String(error));
		}
	});
	await new Promise((done) => server.listen(0, '127.0.0.1', done));
	return { url: (config) => `http://127.0.0.1:${server.address().port}/?config=${encodeURIComponent(JSON.stringify(config))}`, close: () => server.close() };
};
