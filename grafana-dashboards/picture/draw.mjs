// draw.mjs SITE PROMETHEUS_URL FROM TO [--check] - FROM and TO in seconds since 1970.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { DASHBOARDS, faultsOf } from './expected.mjs';
import { readPanels } from './read.mjs';
import { serve } from './site.mjs';

const [site, prometheus, from, to, check] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const pictures = join(here, '..', 'pictures');
const WIDTHS = [1600, 1280];
// Not a time to wait, but a bound: all is emulated on some machines.
const PATIENCE = 120_000;
// So many frames without a change, and nothing changes any more.
const QUIET_FRAMES = 12;

const settled = (frames) => {
	if (window.PENDING !== 0) return false;
	const now = document.getElementById('root').innerHTML;
	window.QUIET = now === window.BEFORE ? (window.QUIET ?? 0) + 1 : 0;
	window.BEFORE = now;
	return window.QUIET >= frames;
};

const draw = async (browser, server, name, width, said) => {
	const dashboard = JSON.parse(await readFile(join(here, '..', `${name}.json`)));
	const height = Math.max(...dashboard.panels.map(({ gridPos: { y, h } }) => y + h)) * 38 + 120;
	const tab = await browser.newPage();
	tab.on('console', (m) => { if (m.type() === 'error') said.push(`${name} at ${width}: the page says ${m.text().slice(0, 300)}`); });
	tab.on('pageerror', (e) => said.push(`${name} at ${width}: ${e.stack?.slice(0, 600)}`));
	await tab.setViewport({ width, height });
	await tab.goto(server.url({ name, from: from * 1000, to: to * 1000, scrapeMs: 5000, picks: DASHBOARDS[name].picks ?? {} }));
	await tab.waitForFunction(settled, { polling: 'raf', timeout: PATIENCE }, QUIET_FRAMES);
	const panels = await tab.$$eval('.panel:not([data-type=row])', readPanels);
	if (!check && width === WIDTHS[0]) {
		await mkdir(pictures, { recursive: true });
		await (await tab.$('#root')).screenshot({ path: join(pictures, `${name}.png`) });
	}
	if (process.env.SAY) await writeFile(`${process.env.SAY}/${name}-${width}.json`, JSON.stringify(panels, null, '\t'));
	await tab.close();
	return panels;
};

const server = await serve(site, prometheus);
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--hide-scrollbars', '--disable-gpu'] });
const faults = [];
let count = 0;
try {
	for (const name of Object.keys(DASHBOARDS)) {
		for (const width of WIDTHS) {
			const panels = await draw(browser, server, name, width, faults);
			count += panels.length;
			faults.push(...faultsOf(name, panels).map((fault) => `${name} at ${width}: ${fault}`));
		}
	}
} finally {
	await browser.close();
	server.close();
}
faults.forEach((fault) => console.error(fault));
if (faults.length) process.exitCode = 1;
else console.log(`${Object.keys(DASHBOARDS).length} dashboards drawn at ${WIDTHS.join(' and ')} pixels: ${count} panels say what they should`);
