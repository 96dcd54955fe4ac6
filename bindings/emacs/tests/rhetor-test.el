;;; rhetor-test.el --- rhetor-mode in batch Emacs against the golden list  -*- lexical-binding: t; -*-
;; In: environment srcdir, build. Out: TAP.
(setq coding-system-for-read 'utf-8-unix)
(let* ((src (getenv "srcdir")) (build (getenv "build")))
  (add-to-list 'load-path (expand-file-name "bindings/emacs" src))
  (add-to-list 'load-path (expand-file-name ".libs" build))
  (require 'rhetor-mode)
  (require 'flymake)
  (defvar rhetor-test-n 0)
  (defvar rhetor-test-bad nil)
  (defmacro rhetor-test (name &rest body)
    `(condition-case why
         (progn ,@body (princ (format "ok %d - %s\n" (cl-incf rhetor-test-n) ,name)))
       (error (setq rhetor-test-bad t)
              (princ (format "not ok %d - %s\n# %S\n" (cl-incf rhetor-test-n) ,name why)))))
  (defun rhetor-test-place (at) ; line, and byte in line, both from 1
    (save-excursion
      (goto-char at)
      (list (line-number-at-pos at t)
            (1+ (string-bytes (encode-coding-string (buffer-substring-no-properties (line-beginning-position) at) 'utf-8))))))
  (defun rhetor-test-flat (tags)
    (mapcar (lambda (tag) (list (aref tag 1) (aref tag 2) (aref tag 3) (round (* 10000 (aref tag 4))))) tags))
  (defun rhetor-test-fresh ()
    (let ((document (rhetor-module-document rhetor--engine (buffer-string))))
      (while (rhetor-module-step document 1000000))
      (rhetor-test-flat (rhetor-module-tags document))))
  (find-file (expand-file-name "tests/bindings/golden.txt" src))
  (setq buffer-read-only nil)
  (rhetor-mode 1)
  (rhetor-test "the golden list"
    (rhetor-wait)
    (let* ((wanted (with-temp-buffer
                     (insert-file-contents (expand-file-name "tests/bindings/golden.tags" src))
                     (cl-remove-if (lambda (line) (or (string-prefix-p "#" line) (string-empty-p line)))
                                   (split-string (buffer-string) "\n"))))
           (devices (mapcar (lambda (line) (car (last (split-string line)))) wanted))
           (got (mapcar (lambda (tag)
                          (let* ((from (rhetor-test-place (1+ (aref tag 2))))
                                 (bytes (string-bytes (encode-coding-string
                                                       (buffer-substring-no-properties (1+ (aref tag 2)) (1+ (aref tag 3))) 'utf-8))))
                            (format "%d %d %d %s" (car from) (cadr from) (+ (cadr from) bytes) (rhetor--id tag))))
                        (cl-remove-if-not (lambda (tag) (member (rhetor--id tag) devices)) rhetor--tags))))
      (unless (equal wanted got) (error "wanted %S got %S" wanted got))))
  (rhetor-test "an overlay for each tag"
    (unless (= (length rhetor--tags)
               (cl-count-if (lambda (o) (overlay-get o 'rhetor)) (overlays-in (point-min) (point-max))))
      (error "overlays")))
  (rhetor-test "edits equal a fresh document"
    (dolist (edit (list (lambda () (goto-char (point-min)) (insert "We must — 😀 perhaps — go.\n\n"))
                        (lambda () (goto-char (point-max)) (insert "\n\n“Never,” she said, “must we stop.”"))
                        (lambda () (goto-char (point-min)) (forward-line 2) (kill-line 1))
                        (lambda () (goto-char (point-min)) (while (search-forward "must" nil t) (replace-match "should")))
                        (lambda () (upcase-region (point-min) (min (point-max) 60)))
                        (lambda () (erase-buffer) (insert "Perhaps."))))
      (funcall edit)
      (rhetor-wait)
      (unless (equal (rhetor-test-flat rhetor--tags) (rhetor-test-fresh)) (error "differs after an edit"))))
  (rhetor-test "the timer does it by itself"
    (erase-buffer)
    (insert "We must act.")
    (let ((rhetor-delay 0.01) (deadline (+ (float-time) 10)))
      (insert " They must pay.")
      (while (and (< (length rhetor--tags) 2) (< (float-time) deadline)) (accept-process-output nil 0.05)))
    (unless (>= (length rhetor--tags) 2) (error "no tags")))
  (rhetor-test "flymake gets notes"
    (let (got)
      (rhetor-flymake (lambda (rows &rest _) (setq got rows)))
      (rhetor-wait)
      (unless (= (length got) (length rhetor--tags)) (error "%d notes" (length got)))))
  (rhetor-test "moving, explaining, listing"
    (goto-char (point-min))
    (rhetor-next)
    (unless (rhetor--eldoc) (error "no eldoc at %d" (point)))
    (save-window-excursion (rhetor-explain) (rhetor-summary))
    (save-window-excursion
      (rhetor-list)
      (unless (= (length tabulated-list-entries) (with-current-buffer "golden.txt" (length rhetor--tags))) (error "list"))))
  (rhetor-test "off again leaves nothing"
    (with-current-buffer "golden.txt"
      (rhetor-mode -1)
      (when (overlays-in (point-min) (point-max))
        (when (cl-some (lambda (o) (overlay-get o 'rhetor)) (overlays-in (point-min) (point-max))) (error "overlays")))
      (set-buffer-modified-p nil)))
  (rhetor-test "handles are collected"
    (setq rhetor--engine nil)
    (garbage-collect)
    (garbage-collect))
  (princ (format "1..%d\n" rhetor-test-n))
  (kill-emacs (if rhetor-test-bad 1 0)))
;;; rhetor-test.el ends here
