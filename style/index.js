// The stylesheets of the extension, loaded by JupyterLab before the plugins start.
import './base.css';
import './hold.css';
import './decision.css';
import './checklist.css';
import './timing.css';
import './phases.css';
import './run-end.css';
import './preview.css';
import './diagnostics.css';
import './lint.css';
import './help.css';
import './guard.css';
import './lifecycle.css';
import './header-bar.css';
import './resume.css';
import './task-list.css';
import './wheel.css';
