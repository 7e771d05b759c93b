// Draws a Grafana dashboard with Grafana's own components and no Grafana server.
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { firstValueFrom } from 'rxjs';
import {
	applyFieldOverrides, cacheFieldDisplayNames, createTheme, dateTime, FieldConfigOptionsRegistry, FieldColorModeId, getDisplayValueAlignmentFactors,
	getFieldDisplayValues, LoadingState, renderMarkdown, standardTransformers, standardTransformersRegistry, ThemeContext, transformDataFrame,
} from '@grafana/data';
import { BarGauge, BigValue, GlobalStyles, InlineField, Input, PanelChrome, TimeSeries, VizRepeater } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import { builtins, labelValues, run } from './prom.js';
import { Heatmap } from './heatmap.jsx';
import { StateTimeline } from './timeline.jsx';

const theme = createTheme({ colors: { mode: 'dark' } });
const timeZone = 'utc';
standardTransformersRegistry.setInit(() =>
	[...new Map(Object.values(standardTransformers).map((t) => [t.id, t])).values()].map((t) => ({ id: t.id, name: t.name, transformation: () => Promise.resolve(t) })));

// Grafana's registries of field options live in its app, not in its packages. Options need no editor here, so one rule
// does for all: what starts with custom. is the panel's own.
const FIELD = ['displayName', 'unit', 'min', 'max', 'decimals', 'color', 'noValue', 'links', 'mappings', 'thresholds', 'filterable', 'fieldMinMax', 'description'];
const PANEL_DEFAULTS = {
	timeseries: { drawStyle: 'line', lineInterpolation: 'linear', lineWidth: 1, fillOpacity: 0, gradientMode: 'none', barAlignment: 0,
		showPoints: 'auto', pointSize: 5, spanNulls: false, stacking: { mode: 'none', group: 'A' }, axisPlacement: 'auto', axisLabel: '',
		axisGridShow: true, axisColorMode: 'text', axisBorderShow: false, axisCenteredZero: false, scaleDistribution: { type: 'linear' },
		thresholdsStyle: { mode: 'off' }, hideFrom: { legend: false, tooltip: false, viz: false }, insertNulls: false },
	table: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false, footer: { reducers: [] } },
};
const registry = (custom) => {
	const option = (id) => ({ id, path: id.replace(/^custom\./, ''), name: id, isCustom: id.startsWith('custom.'), process: (v) => v, shouldApply: () => true });
	const made = new FieldConfigOptionsRegistry(() => [...FIELD, ...Object.keys(custom).map((key) => `custom.${key}`)].map(option));
	const known = made.getIfExists.bind(made);
	made.getIfExists = (id) => known(id) ?? option(id);
	return made;
};

const substitute = (text, vars) =>
	text.replace(/\$\{(\w+)(?::\w+)?\}|\$(\w+)/g, (whole, a, b) => vars[a ?? b] ?? whole);

// uPlot's scales can't do with NaN and infinity; Grafana's panel draws them as gaps.
const graphable = (data) => data.forEach((frame) => frame.fields.forEach((field) => {
	if (field.type === 'number') field.values = field.values.map((v) => (Number.isFinite(v) ? v : null));
}));

const frames = async (panel, vars, range, width) => {
	const { stepMs, vars: own } = builtins(range, panel, width);
	const all = { ...vars, ...own };
	const targets = (panel.targets ?? []).filter((t) => !t.hide);
	const tables = targets.filter((t) => t.format === 'table').length;
	let data = (await Promise.all(targets.map((t) => run(t, substitute(t.expr, all), range, stepMs, tables)))).flat();
	if (panel.transformations?.length) {
		data = await firstValueFrom(transformDataFrame(panel.transformations.filter((t) => !t.disabled), data, { interpolate: (v) => substitute(v, all) }));
	}
	const custom = { ...PANEL_DEFAULTS[panel.type], ...panel.fieldConfig.defaults.custom };
	const defaults = {
		color: { mode: panel.type === 'timeseries' ? FieldColorModeId.PaletteClassic : FieldColorModeId.Thresholds },
		thresholds: { mode: 'absolute', steps: [{ color: 'green', value: null }, { color: 'red', value: 80 }] },
		mappings: [],
		...structuredClone(panel.fieldConfig.defaults), custom,
	};
	const unbounded = (t) => t?.steps?.forEach((step) => { step.value ??= -Infinity; });
	unbounded(defaults.thresholds);
	const overrides = structuredClone(panel.fieldConfig.overrides);
	overrides.forEach((o) => o.properties.forEach((p) => p.id === 'thresholds' && unbounded(p.value)));
	if (panel.type === 'timeseries') graphable(data);
	data = applyFieldOverrides({ data, fieldConfig: { defaults, overrides }, replaceVariables: (v) => v, theme, timeZone, fieldConfigRegistry: registry(custom) });
	cacheFieldDisplayNames(data);
	return data;
};

const Stats = ({ panel, data, width, height }) => {
	const { options } = panel;
	const values = () => getFieldDisplayValues({ fieldConfig: panel.fieldConfig, reduceOptions: options.reduceOptions, replaceVariables: (v) => v,
		theme, data, sparkline: options.graphMode !== 'none', timeZone });
	return <VizRepeater getValues={values} getAlignmentFactors={getDisplayValueAlignmentFactors} width={width} height={height} source={data}
		renderCounter={0} orientation={options.orientation} itemSpacing={8}
		renderValue={({ value, width, height, alignmentFactors, count }) => panel.type === 'bargauge'
			? <BarGauge value={value.display} field={value.field} display={value.view?.getFieldDisplayProcessor(value.colIndex)} width={width} height={height} theme={theme} orientation={options.orientation} displayMode={options.displayMode} alignmentFactors={alignmentFactors} itemSpacing={8} lcdCellWidth={8} />
			: <BigValue value={value.display} count={count} sparkline={value.sparkline} colorMode={options.colorMode} graphMode={options.graphMode}
				justifyMode={options.justifyMode} textMode={options.textMode} alignmentFactors={alignmentFactors} width={width} height={height} theme={theme} />} />;
};

const NoData = () => <div style={{ height: '100%', display: 'grid', placeItems: 'center', color: theme.colors.text.secondary, fontSize: 18 }}>No data</div>;

const Body = ({ panel, data, range, width, height }) => {
	if (panel.type === 'stat' || panel.type === 'bargauge') return <Stats {...{ panel, data, width, height }} />;
	if (panel.type !== 'text' && !data.some((frame) => frame.length)) return <NoData />;
	switch (panel.type) {
		case 'timeseries':
			return <TimeSeries frames={data} width={width} height={height} timeRange={range} timeZone={timeZone} legend={panel.options.legend} options={panel.options} />;
		case 'table':
			return <TableNG data={data[0]} width={width} height={height} noHeader={!panel.options.showHeader} sortBy={panel.options.sortBy}
				cellHeight={panel.options.cellHeight} structureRev={1} fieldConfig={panel.fieldConfig} enableVirtualization={false} />;
		case 'heatmap':
			return <Heatmap frame={data[0]} options={panel.options} range={range} width={width} height={height} timeZone={timeZone} />;
		case 'state-timeline':
			return <StateTimeline id={panel.id} data={data} options={panel.options} range={range} width={width} height={height} timeZone={timeZone} />;
		case 'text':
			return <div className="markdown-html" dangerouslySetInnerHTML={{ __html: renderMarkdown(panel.options.content) }} />;
		default:
			return <div>No renderer for panel type {panel.type}</div>;
	}
};

const Panel = ({ panel, vars, range, width, height }) => {
	const [state, setState] = useState({ loading: true });
	useEffect(() => {
		frames(panel, vars, range, width)
			.then((data) => setState({ data }), (error) => { window.ERRORS[panel.id] = error.message; setState({ error }); })
			.finally(() => { window.PENDING--; });
	}, []);
	const { data, error } = state;
	if (error) console.error(`panel ${panel.id}: ${error.stack}`);
	return <PanelChrome title={panel.title} description={panel.description} width={width} height={height} padding={panel.type === 'table' ? 'none' : 'md'}
		statusMessage={error?.message} loadingState={error ? LoadingState.Error : LoadingState.Done}>
		{(w, h) => data && <Body {...{ panel, data, range }} width={w} height={h} />}
	</PanelChrome>;
};

// Grafana's grid: 24 columns, rows of 30 px, 8 px between.
const WIDTH = window.innerWidth - 32;
const column = (WIDTH - 23 * 8) / 24;
const box = ({ x, y, w, h }) => ({ left: x * (column + 8), top: y * 38, width: w * (column + 8) - 8, height: h * 38 - 8 });

const Dashboard = ({ dashboard, vars, shown, range }) => {
	const panels = dashboard.panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]);
	const height = Math.max(...panels.map(({ gridPos: { y, h } }) => y + h)) * 38;
	return <div style={{ padding: 16, background: theme.colors.background.canvas }}>
		<div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', alignItems: 'center', marginBottom: 8 }}>
			<h4 style={{ margin: '0 16px 0 0' }}>{dashboard.title}</h4>
			{shown.map(({ name, label, text }) => <InlineField key={name} label={label ?? name} style={{ margin: 0 }}><Input value={text} width={12} readOnly /></InlineField>)}
			<span style={{ marginLeft: 'auto' }}>{range.from.utc().format('YYYY-MM-DD HH:mm:ss')} to {range.to.utc().format('HH:mm:ss')} UTC</span>
		</div>
		<div style={{ position: 'relative', height }}>
			{panels.map((panel) => {
				const { left, top, width, height } = box(panel.gridPos);
				return <div key={panel.id} className="panel" data-id={panel.id} data-type={panel.type} data-title={panel.title} style={{ position: 'absolute', left, top, width, height }}>
					{panel.type === 'row' ? <h5 style={{ margin: 0, lineHeight: '30px' }}>⌄ {panel.title}</h5> : <Panel {...{ panel, vars, range, width, height }} />}
				</div>;
			})}
		</div>
	</div>;
};

const main = async () => {
	const dashboard = await (await fetch(`/dashboards/${window.CONFIG.name}.json`)).json();
	const { from, to, picks } = window.CONFIG;
	const range = { from: dateTime(from), to: dateTime(to), raw: { from: dateTime(from), to: dateTime(to) } };
	const vars = {};
	const shown = [];
	for (const variable of dashboard.templating.list) {
		const { name, label, type } = variable;
		if (type === 'datasource') { vars[name] = 'prometheus'; shown.push({ name, label, text: 'prometheus' }); continue; }
		if (type !== 'query') { vars[name] = variable.current?.value ?? variable.query; shown.push({ name, label, text: String(vars[name]) }); continue; }
		const values = await labelValues(substitute(variable.definition || variable.query.query || variable.query, vars), range);
		const all = variable.includeAll && [].concat(variable.current?.value ?? '$__all').includes('$__all');
		const one = picks[name] ?? values[0] ?? '';
		if (!all && !values.includes(one)) throw new Error(`variable ${name} has no value ${one}: ${values}`);
		vars[name] = all ? variable.allValue ?? `(${values.join('|')})` : one;
		shown.push({ name, label, text: all ? 'All' : one });
	}
	window.ERRORS = {};
	window.STATES = {};
	window.PENDING = dashboard.panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).filter((panel) => panel.type !== 'row').length;
	// BigValue and uPlot measure texts once, so that Inter has to be there before them.
	const root = createRoot(document.getElementById('root'));
	flushSync(() => root.render(<ThemeContext.Provider value={theme}><GlobalStyles /></ThemeContext.Provider>));
	await Promise.all([400, 500].map((weight) => document.fonts.load(`${weight} 14px Inter`)));
	root.render(
		<ThemeContext.Provider value={theme}><GlobalStyles /><Dashboard {...{ dashboard, vars, shown, range }} /></ThemeContext.Provider>);
};
main();
