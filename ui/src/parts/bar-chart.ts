// The chart library with what a bar chart wants of it. Fetched where a chart is shown, and not before: see chart.svelte.

import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from 'chart.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip);

export { Chart };
