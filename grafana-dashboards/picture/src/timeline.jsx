// @grafana/ui has no state timeline either. Like the heatmap: Grafana's axes, our own bars.
import { useMemo } from 'react';
import { FieldType, formattedValueToString, getFieldDisplayName } from '@grafana/data';
import { AxisPlacement, ScaleDirection, ScaleOrientation } from '@grafana/schema';
import { getTextColorForBackground, measureText, UPlotChart, UPlotConfigBuilder, useTheme2 } from '@grafana/ui';

export const StateTimeline = ({ id, data, options, range, width, height, timeZone }) => {
	const theme = useTheme2();
	const [config, plotted] = useMemo(() => {
		const rows = data.flatMap((frame) => frame.fields.filter((field) => field.type !== FieldType.time).map((field) => ({
			field, name: getFieldDisplayName(field, frame, data), times: frame.fields[0].values, step: frame.fields[0].config.interval })));
		// For tests, which can't read a canvas.
		window.STATES[id] = rows.map(({ field, name }) => [name, ...field.values.filter((v, i) => v != null && v !== field.values[i - 1]).map((v) => formattedValueToString(field.display(v)))]);
		const builder = new UPlotConfigBuilder(timeZone);
		builder.addScale({ scaleKey: 'x', isTime: true, orientation: ScaleOrientation.Horizontal, direction: ScaleDirection.Right, range: () => [range.from.valueOf(), range.to.valueOf()] });
		builder.addScale({ scaleKey: 'y', orientation: ScaleOrientation.Vertical, direction: ScaleDirection.Down, range: () => [0, rows.length] });
		builder.addAxis({ scaleKey: 'x', isTime: true, placement: AxisPlacement.Bottom, timeZone, theme, grid: { show: true } });
		builder.addAxis({ scaleKey: 'y', placement: AxisPlacement.Left, theme, grid: { show: false }, size: Math.max(...rows.map(({ name }) => measureText(name, 12).width)) + 24, splits: rows.map((_, i) => i + 0.5), values: rows.map(({ name }) => name) });
		builder.addSeries({ scaleKey: 'y', theme, pathBuilder: () => null, pointsBuilder: () => undefined, lineColor: '#fff', lineWidth: 0 });
		builder.addHook('draw', (u) => rows.forEach(({ field, times, step }, y) => {
			const pad = (1 - (options.rowHeight ?? 0.9)) / 2;
			const [top, bottom] = [u.valToPos(y + pad, 'y', true), u.valToPos(y + 1 - pad, 'y', true)];
			for (let i = 0, next; i < times.length; i = next) {
				for (next = i + 1; next < times.length && field.values[next] === field.values[i] && times[next] - times[next - 1] <= step * 1.5;) next++;
				if (field.values[i] == null) continue;
				const shown = field.display(field.values[i]);
				const [left, right] = [times[i], Math.min(times[next - 1] + step, range.to.valueOf())].map((t) => u.valToPos(t, 'x', true));
				u.ctx.fillStyle = shown.color;
				u.ctx.fillRect(left, top, right - left, bottom - top);
				const text = formattedValueToString(shown);
				u.ctx.font = `${12 * devicePixelRatio}px ${theme.typography.fontFamily}`;
				if (options.showValue === 'never' || u.ctx.measureText(text).width > right - left - 4) continue;
				u.ctx.fillStyle = getTextColorForBackground(shown.color);
				u.ctx.textAlign = 'left';
				u.ctx.textBaseline = 'middle';
				u.ctx.fillText(text, left + 4 * devicePixelRatio, (top + bottom) / 2);
			}
		}));
		const times = rows[0].times;
		return [builder, [times, times.map(() => null)]];
	}, [data, width, height]);
	return <UPlotChart config={config} data={plotted} width={width} height={height} />;
};
