// What a person would read in each panel of a drawn dashboard. Runs in the page.
export const readPanels = (panels) => panels.map((panel) => {
	const texts = (selector, within = panel) => [...within.querySelectorAll(selector)].map((node) => node.textContent.trim());
	const cut = (node) => [node, ...node.querySelectorAll('*')].some((inner) => inner.scrollWidth > inner.clientWidth + 1 && inner.clientWidth > 0);
	const grid = panel.querySelector('[role=grid]');
	const { id, type, title } = panel.dataset;
	return {
		id, type, title,
		...(window.ERRORS[id] && { error: window.ERRORS[id] }),
		...(panel.textContent.includes('No data') && { noData: true }),
		...(panel.textContent.includes('No renderer') && { error: `no renderer for ${type}` }),
		...(grid && {
			header: texts('[role=columnheader]'),
			rows: [...panel.querySelectorAll('[role=row]')].slice(1).map((row) => texts('[role=gridcell]', row)),
			hiddenPixels: Math.max(0, grid.scrollWidth - grid.clientWidth),
			hiddenBelow: Math.max(0, grid.scrollHeight - grid.clientHeight),
			cut: [...panel.querySelectorAll('[role=gridcell],[role=columnheader]')].filter(cut).map((node) => node.textContent.trim()),
		}),
		...(type === 'stat' && { value: panel.querySelector('[data-testid="data-testid panel content"]')?.textContent }),
		...(type === 'state-timeline' && { states: window.STATES[id] }),
		...(panel.querySelector('table') && { legend: [...panel.querySelectorAll('table tr')].map((row) => texts('th,td', row)) }),
	};
});
