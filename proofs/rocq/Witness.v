(* Closed goals about exact inputs. *)

From Axiomkd Require Import Core Rules Means Limits.
From Interval Require Export Tactic.

Ltac numeric := interval with (i_prec 80).

Lemma below_by : forall a b, 0 < b - a -> a < b.
Proof. intros; lra. Qed.
Lemma less_fails : forall a b x y, a = x -> b = y -> y <= x -> ~ a < b.
Proof. intros; lra. Qed.
Lemma at_most_fails : forall a b x y, a = x -> b = y -> y < x -> ~ a <= b.
Proof. intros; lra. Qed.
Lemma equal_fails_above : forall a b x y : R, a = x -> b = y -> y < x -> ~ a = b.
Proof. intros; lra. Qed.
Lemma equal_fails_below : forall a b x y : R, a = x -> b = y -> x < y -> ~ a = b.
Proof. intros; lra. Qed.
Lemma different_fails : forall a b x : R, a = x -> b = x -> ~ a <> b.
Proof. intros a b x -> -> H. apply H. reflexivity. Qed.
Lemma less_holds : forall a b x y, a = x -> b = y -> x < y -> a < b.
Proof. intros; lra. Qed.
Lemma at_most_holds : forall a b x y, a = x -> b = y -> x <= y -> a <= b.
Proof. intros; lra. Qed.
Lemma equal_holds : forall a b x y : R, a = x -> b = y -> x = y -> a = b.
Proof. intros; lra. Qed.
Lemma different_holds : forall a b x y : R, a = x -> b = y -> x < y \/ y < x -> a <> b.
Proof. intros; lra. Qed.

Lemma rpow_as_pow : forall x y n, x = y -> rpow x (IZR (Z.of_nat n)) = y ^ n.
Proof. intros x y n ->. apply rpow_nat. Qed.
Lemma rpow_as_inverse : forall x y n, x = y -> rpow x (IZR (- Z.of_nat n)) = / (y ^ n).
Proof. intros x y n ->. rewrite rpow_neg_nat, rpow_inv. apply pow_inv. Qed.
Lemma rpow_as_exp : forall x y a b, x = y -> a = b -> 0 < y -> rpow x a = exp (b * ln y).
Proof. intros x y a b -> -> H. apply rpow_pos, H. Qed.
Lemma rpow_of_zero : forall x a b, x = 0 -> a = b -> 0 < b -> rpow x a = 0.
Proof. intros x a b -> -> H. apply rpow_0_l, H. Qed.
Lemma rpow_of_one : forall x a, x = 1 -> rpow x a = 1.
Proof. intros x a ->. apply rpow_1_l. Qed.
(* q^(n/d) = r where r > 0 and r^d = q^n *)
Lemma rpow_root : forall x a q r n d, x = q -> a = IZR n / IZR (Zpos d) -> 0 < q -> 0 < r ->
  powerRZ r (Zpos d) = powerRZ q n -> rpow x a = r.
Proof.
  intros x a q r n d -> -> Q R0 E. rewrite rpow_pos by exact Q.
  apply (f_equal ln) in E. rewrite !powerRZ_Rpower in E by assumption. unfold Rpower in E. rewrite !ln_exp in E.
  replace (IZR n / IZR (Z.pos d) * ln q) with (ln r); [apply exp_ln, R0|].
  assert (IZR (Z.pos d) <> 0) by (apply not_0_IZR; lia).
  replace (IZR n / IZR (Z.pos d) * ln q) with (IZR n * ln q / IZR (Z.pos d)) by (field; assumption).
  rewrite <- E. field. assumption.
Qed.

Lemma pow_defined_by : forall x y a, x = y -> 0 < y -> pow_defined x a.
Proof. intros x y a -> H. left. exact H. Qed.
Lemma pow_defined_at_zero : forall x a b, x = 0 -> a = b -> 0 <= b -> pow_defined x a.
Proof. intros x a b -> -> H. right. left. auto. Qed.
Lemma pow_defined_below : forall x y z, x = y -> y <> 0 -> pow_defined x (IZR z).
Proof. intros x y z -> H. right. right. split; [exact H | exists z; reflexivity]. Qed.
Lemma pow_undefined : forall x a b, x = 0 -> a = b -> b < 0 -> ~ pow_defined x a.
Proof. intros x a b -> -> L [H | [[_ H] | [H _]]]; lra. Qed.
Lemma log_undefined : forall x y, x = y -> y <= 0 -> ~ 0 < x.
Proof. intros; lra. Qed.

Lemma not_in_hull : forall K V x y c, (1 <= K)%nat ->
  (forall k, (k < K)%nat -> rsum V (fun i => c i * y k i) < rsum V (fun i => c i * x i)) -> ~ in_hull K V x y.
Proof.
  intros K V x y c N H [v [P [S E]]].
  set (m := rsum V (fun i => c i * x i)) in *.
  assert (rsum V (fun i => c i * x i) = rsum K (fun k => v k * rsum V (fun i => c i * y k i))) as F.
  { rewrite (rsum_ext V _ (fun i => rsum K (fun k => v k * (c i * y k i)))).
    - rewrite rsum_swap. apply rsum_ext. intros. rewrite rsum_scal. reflexivity.
    - intros i Hi. rewrite (E i Hi), rsum_scal. apply rsum_ext. intros. ring. }
  fold m in F.
  assert (0 < rsum K (fun k => v k * (m - rsum V (fun i => c i * y k i)))) as Z.
  { apply rsum_mean_gt_0; [exact P | exact S|].
    intros k Hk. generalize (H k Hk). lra. }
  rewrite (rsum_ext K _ (fun k => m * v k + -1 * (v k * rsum V (fun i => c i * y k i)))) in Z by (intros; ring).
  rewrite rsum_linear, <- rsum_scal, S, <- F in Z. lra.
Qed.

Lemma each_below : forall (P : nat -> Prop) n, (forall k, (k < n)%nat -> P k) -> P n -> forall k, (k < S n)%nat -> P k.
Proof.
  intros P n H G k L. destruct (Nat.eq_dec k n) as [-> | D]; [exact G | apply H; lia].
Qed.
Lemma none_below : forall (P : nat -> Prop) k, (k < 0)%nat -> P k.
Proof. intros P k H. lia. Qed.
Arguments each_below P n & _ _ k _.
