// Starts the page.

import { mount } from 'svelte';
import Root from './root.svelte';
import './theme.css';

const target = document.getElementById('app');
if (target) mount(Root, { target });
